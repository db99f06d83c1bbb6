"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { membersQuery, useSession } from "@/features/session";

const MarkdownBody = dynamic(() => import("./markdown-body"), {
  ssr: false,
  loading: () => <div aria-hidden className="h-5" />,
});

/** A text as its writer meant it. The renderer is loaded when the first text is shown. */
export function Markdown({ text }: { text: string }) {
  const { slug } = useSession();
  const { data: members } = useQuery(membersQuery(slug));
  return (
    <MarkdownBody
      text={text}
      nameOf={(id) => members?.find((member) => member.id === id)?.display_name}
    />
  );
}
