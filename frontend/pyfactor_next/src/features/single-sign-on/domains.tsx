"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import type { MailDomain } from "./queries";
import { useChange } from "./use-change";

interface DomainsProps {
  domains: MailDomain[];
  isOwner: boolean;
}

/** The mail domains for whose addresses the provider may make accounts. */
export function Domains({ domains, isOwner }: DomainsProps) {
  const t = useTranslations("settings.singleSignOn");
  return (
    <div className="flex flex-col gap-2">
      <div>
        <p className="text-sm font-medium">{t("domains")}</p>
        <p className="text-xs text-muted">{t("domainsHint")}</p>
      </div>
      {domains.length > 0 ? (
        <ul className="divide-y rounded-md ring-1 ring-line">
          {domains.map((domain) => (
            <DomainRow key={domain.id} domain={domain} isOwner={isOwner} />
          ))}
        </ul>
      ) : null}
      {isOwner ? <AddDomain /> : null}
    </div>
  );
}

function DomainRow({ domain, isOwner }: { domain: MailDomain; isOwner: boolean }) {
  const t = useTranslations("settings.singleSignOn");
  const isVerified = domain.verified_at !== null;
  const verify = useChange(
    () =>
      djangoApi.post("/api/tenants/current/single-sign-on/domains/{domain_id}/verify/", undefined, {
        path: { domain_id: domain.id },
      }),
    t("verified", { name: domain.name }),
  );
  const remove = useChange(() =>
    djangoApi.delete("/api/tenants/current/single-sign-on/domains/{domain_id}/", {
      path: { domain_id: domain.id },
    }),
  );
  return (
    <li className="flex flex-col gap-2 px-3 py-2">
      <div className="flex flex-wrap items-center gap-2">
        <span dir="ltr" className="min-w-0 flex-1 truncate text-start text-sm">
          {domain.name}
        </span>
        <Badge tone={isVerified ? "success" : "warning"}>
          {isVerified ? t("isVerified") : t("isWaiting")}
        </Badge>
        {isOwner && !isVerified ? (
          <Button size="sm" busy={verify.isPending} onClick={() => verify.mutate()}>
            {t("verify")}
          </Button>
        ) : null}
        {isOwner ? (
          <Button
            size="sm"
            variant="ghost"
            aria-label={t("removeDomain", { name: domain.name })}
            busy={remove.isPending}
            onClick={() => remove.mutate()}
          >
            {t("remove")}
          </Button>
        ) : null}
      </div>
      {isOwner && !isVerified ? <Record domain={domain} /> : null}
    </li>
  );
}

/** What the domain's name servers have to say. */
function Record({ domain }: { domain: MailDomain }) {
  const t = useTranslations("settings.singleSignOn");
  return (
    <div className="flex flex-col gap-1 text-xs text-muted">
      <p>{t("record")}</p>
      {[domain.record, domain.proof].map((text, index) => (
        <div key={text} className="flex items-center gap-2">
          <code dir="ltr" className="min-w-0 flex-1 rounded-md bg-sunken px-2 py-1 break-all">
            {text}
          </code>
          <CopyButton text={text} label={t(index === 0 ? "copyRecord" : "copyProof")} />
        </div>
      ))}
    </div>
  );
}

function AddDomain() {
  const t = useTranslations("settings.singleSignOn");
  const [name, setName] = useState("");
  const add = useChange(() =>
    djangoApi.post("/api/tenants/current/single-sign-on/domains/", { name: name.trim() }),
  );
  return (
    <form
      method="post"
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) add.mutate(undefined, { onSuccess: () => setName("") });
      }}
    >
      <Field label={t("domain")} className="flex-1">
        <Input
          dir="ltr"
          value={name}
          maxLength={247}
          autoCapitalize="none"
          placeholder={t("domainExample")}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Button type="submit" busy={add.isPending}>
        <Plus aria-hidden />
        {t("addDomain")}
      </Button>
    </form>
  );
}
