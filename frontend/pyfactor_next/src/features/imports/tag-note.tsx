"use client";

import { Tag } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { useTagsById } from "@/features/tags";
import type { ImportJob } from "./types";

/** By what tag the written records are found again; nothing when they got none or it has gone. */
export function TagNote({ job }: { job: ImportJob }) {
  const t = useTranslations("imports.result");
  const { slug } = useSession();
  const tag = useTagsById().get(job.tag_id ?? "");
  if (!tag) return null;
  const list = job.entity === "deal" ? "deals?layout=list&" : `${job.entity}s?`;
  return (
    <p className="flex items-start gap-2 text-sm text-muted">
      <Tag aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 break-words">
        {t.rich("tagged", {
          tag: tag.name,
          link: (text) => (
            <Link
              className="text-accent-ink hover:underline"
              href={`/${slug}/${list}tag=${tag.id}`}
            >
              {text}
            </Link>
          ),
        })}
      </span>
    </p>
  );
}
