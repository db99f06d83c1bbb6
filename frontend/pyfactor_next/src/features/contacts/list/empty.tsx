"use client";

import { ContactRound, FileUp, Plus } from "lucide-react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { LinkButton } from "@/ui/link-button";

export function FirstUse({ onCreate }: { onCreate: () => void }) {
  const t = useTranslations("contacts");
  const { slug, canWrite } = useSession();
  return (
    <EmptyState
      kind="first-use"
      icon={<ContactRound />}
      title={t("empty.title")}
      description={t(canWrite ? "empty.description" : "empty.viewer")}
      actions={
        canWrite ? (
          <>
            <Button variant="primary" onClick={onCreate}>
              <Plus aria-hidden />
              {t("new")}
            </Button>
            <LinkButton href={`/${slug}/imports/new`} prefetch={false}>
              <FileUp aria-hidden />
              {t("empty.import")}
            </LinkButton>
          </>
        ) : null
      }
    />
  );
}
