"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { Skeleton } from "@/ui/skeleton";
import { SettingsSection } from "../settings-section";
import { ApiKeyRow } from "./api-key-row";
import { apiKeysQuery } from "./queries";

const MakeKeyDialog = dynamic(() => import("./make-key-dialog").then((m) => m.MakeKeyDialog));

/** What programs get into the business with. */
export function ApiKeysPage() {
  const t = useTranslations("settings.apiKeys");
  const { slug, canAdminister, canWrite } = useSession();
  const [isMaking, setMaking] = useState(false);
  const { data: keys, error, refetch } = useQuery(apiKeysQuery(slug));
  const make = canWrite ? (
    <Button variant="primary" onClick={() => setMaking(true)}>
      <Plus aria-hidden />
      {t("make")}
    </Button>
  ) : null;
  return (
    <SettingsSection
      title={t("title")}
      description={t(canAdminister ? "descriptionAll" : "description")}
      actions={keys?.length ? make : null}
    >
      {error ? (
        <ApiErrorState error={error} onRetry={() => void refetch()} />
      ) : keys?.length === 0 ? (
        <EmptyState
          kind={canWrite ? "first-use" : "no-permission"}
          icon={<KeyRound />}
          title={t("empty")}
          description={t(canWrite ? "emptyDescription" : "emptyViewer")}
          actions={make}
          className="rounded-lg bg-raised ring-1 ring-line"
        />
      ) : (
        <ul
          aria-busy={keys === undefined}
          aria-label={t("title")}
          className="divide-y overflow-hidden rounded-lg bg-raised ring-1 ring-line"
        >
          {keys === undefined
            ? [1, 2].map((row) => (
                <li key={row} className="flex h-19 items-center gap-3 px-4">
                  <Skeleton className="size-8 rounded-md" />
                  <Skeleton className="w-52" />
                </li>
              ))
            : keys.map((item) => <ApiKeyRow key={item.id} item={item} />)}
        </ul>
      )}
      {isMaking ? <MakeKeyDialog onClose={() => setMaking(false)} /> : null}
    </SettingsSection>
  );
}
