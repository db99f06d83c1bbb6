"use client";

import dynamic from "next/dynamic";

const MarkdownBody = dynamic(() => import("./markdown-body"), {
  ssr: false,
  loading: () => <div aria-hidden className="h-5" />,
});

/** A text as its writer meant it. The renderer is loaded when the first text is shown. */
export function Markdown({ text }: { text: string }) {
  return <MarkdownBody text={text} />;
}
