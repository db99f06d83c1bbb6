"use client";

import Link from "next/link";
import type { ReactNode } from "react";

interface RelatedRowProps {
  href: string;
  name: string;
  icon?: ReactNode;
  /** Below the name. */
  note?: ReactNode;
  /** At the end of the line of the note. */
  end?: ReactNode;
}

/** One record in a card beside another. */
export function RelatedRow({ href, name, icon, note, end }: RelatedRowProps) {
  return (
    <li>
      <Link
        href={href}
        prefetch={false}
        className="flex min-h-9 items-center gap-2.5 px-3 py-1 text-sm hover:bg-hover max-md:min-h-11"
      >
        {icon}
        <span className="flex min-w-0 flex-1 flex-col">
          <bdi className="truncate font-medium">{name}</bdi>
          {note || end ? (
            <span className="flex items-center gap-2 text-xs text-muted">
              <span className="min-w-0 truncate">{note}</span>
              {end ? <span className="tabular ms-auto shrink-0">{end}</span> : null}
            </span>
          ) : null}
        </span>
      </Link>
    </li>
  );
}
