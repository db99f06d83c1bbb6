"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { LinkButton } from "@/ui/link-button";
import { useReasonText } from "./reasons";
import type { Candidate, DuplicateResource, Side } from "./types";

interface CandidateRowProps<C extends Candidate, S extends Side> {
  resource: DuplicateResource<C, S>;
  candidate: C;
  /** What can be done with it, beside opening it. */
  children?: ReactNode;
}

/** A record that may be the one in question, and why. */
export function CandidateRow<C extends Candidate, S extends Side>(props: CandidateRowProps<C, S>) {
  const { resource, candidate, children } = props;
  const t = useTranslations("records.duplicates");
  const { slug } = useSession();
  const reasonText = useReasonText();
  const { id, display_name: name } = candidate;
  return (
    <li className="flex items-center gap-2 rounded-md bg-raised py-1.5 pe-1.5 ps-2 ring-1 ring-line">
      <Avatar name={name} shape={resource.shape(candidate)} />
      <div className="min-w-0 flex-1 text-sm">
        <p className="truncate font-medium">{name}</p>
        <p className="text-xs text-muted">
          {reasonText(candidate.reasons)}
          <span className="max-sm:hidden"> · {resource.noteOf(candidate)}</span>
        </p>
      </div>
      <LinkButton
        href={`/${slug}/${resource.name}/${id}`}
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
