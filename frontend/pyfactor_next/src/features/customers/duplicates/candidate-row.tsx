"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { LinkButton } from "@/ui/link-button";
import type { Candidate } from "./queries";
import { useReasonText } from "./reasons";

interface CandidateRowProps {
  candidate: Candidate;
  /** What can be done with it, beside opening it. */
  children?: ReactNode;
}

/** A customer that may be the one in question, and why. */
export function CandidateRow({ candidate, children }: CandidateRowProps) {
  const t = useTranslations("customers.duplicates");
  const { slug } = useSession();
  const reasonText = useReasonText();
  const { id, kind, display_name: name, account_number, billing_city, email } = candidate;
  const detail = [account_number, billing_city, email].filter(Boolean).join(" · ");
  return (
    <li className="flex items-center gap-2 rounded-md bg-raised py-1.5 pe-1.5 ps-2 ring-1 ring-line">
      <Avatar name={name} shape={kind === "business" ? "square" : "circle"} />
      <div className="min-w-0 flex-1 text-sm">
        <p className="truncate font-medium">{name}</p>
        <p className="text-xs text-muted">
          {reasonText(candidate.reasons)}
          <span className="max-sm:hidden"> · {detail}</span>
        </p>
      </div>
      <LinkButton
        href={`/${slug}/customers/${id}`}
        target="_blank"
        prefetch={false}
        size="sm"
        variant="ghost"
        aria-label={t("openNamed", { name })}
      >
        {t("open")}
      </LinkButton>
      {children}
    </li>
  );
}
