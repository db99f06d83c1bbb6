"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Segmented } from "@/ui/segmented";
import { Skeleton } from "@/ui/skeleton";
import { type BusinessSecurity, businessSecurityQuery, factorsQuery } from "./queries";
import { useFactorChange } from "./use-factor-change";

type Policy = BusinessSecurity["second_factor"];

const POLICIES = ["nobody", "admins", "everyone"] as const;

/** Whom the business asks for a second factor: an owner decides, admins see it. */
export function PolicyCard() {
  const { slug } = useSession();
  const { data, error, refetch } = useQuery(businessSecurityQuery(slug));
  if (error) return <ApiErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-44 rounded-lg" />;
  return <PolicyForm security={data} />;
}

function PolicyForm({ security }: { security: BusinessSecurity }) {
  const t = useTranslations("settings.factors");
  const { slug, role } = useSession();
  const queries = useQueryClient();
  const { data: factors } = useQuery(factorsQuery);
  const [chosen, setChosen] = useState<Policy>(security.second_factor);
  const isOwner = role === "owner";
  const hasOwn = factors === undefined || factors.totp !== null || factors.passkeys.length > 0;
  const save = useFactorChange(
    () => djangoApi.patch("/api/tenants/current/security/", { second_factor: chosen }),
    t("policySaved"),
    (answer) => queries.setQueryData(businessSecurityQuery(slug).queryKey, answer),
  );
  return (
    <Card
      title={t("policy")}
      description={t("policyDescription")}
      footer={
        isOwner ? (
          <Button
            variant="primary"
            busy={save.isPending}
            disabled={!hasOwn || chosen === security.second_factor}
            onClick={() => save.mutate()}
          >
            {t("policySave")}
          </Button>
        ) : null
      }
    >
      <div className="flex max-w-lg flex-col gap-3">
        <Segmented<Policy>
          label={t("policyLabel")}
          value={chosen}
          onValueChange={setChosen}
          disabled={!isOwner || !hasOwn}
          options={POLICIES.map((value) => ({ value, label: t(value) }))}
        />
        {isOwner ? null : <p className="text-sm text-muted">{t("policyOwner")}</p>}
        {isOwner && !hasOwn ? (
          <p className="text-sm text-muted">
            {t("policyOwn")}{" "}
            <Link
              href={`/${slug}/settings/sign-in`}
              className="text-accent-ink underline underline-offset-4"
            >
              {t("policyOwnLink")}
            </Link>
          </p>
        ) : null}
        <Without members={security.without_factor} />
      </div>
    </Card>
  );
}

function Without({ members }: { members: BusinessSecurity["without_factor"] }) {
  const t = useTranslations("settings.factors");
  const format = useFormatter();
  const names = members.map((member) => member.display_name);
  return (
    <p className="text-sm text-muted">
      {names.length > 0
        ? t("without", { count: names.length, names: format.list(names) })
        : t("withoutNobody")}
    </p>
  );
}
