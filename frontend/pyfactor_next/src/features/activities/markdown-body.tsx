"use client";

import type { ReactNode } from "react";
import Markdown, { defaultUrlTransform } from "react-markdown";
import rehypeSanitize, { defaultSchema } from "rehype-sanitize";
import { MEMBER } from "./mentions";

// Pictures would tell their server who reads the note, and when.
const schema = {
  ...defaultSchema,
  tagNames: defaultSchema.tagNames?.filter((name) => name !== "img" && name !== "input"),
  protocols: {
    ...defaultSchema.protocols,
    href: [...(defaultSchema.protocols?.["href"] ?? []), MEMBER.slice(0, -1)],
  },
};

interface MarkdownBodyProps {
  text: string;
  /** What a member is called now; undefined for one who is not known any more. */
  nameOf?: ((memberId: string) => string | undefined) | undefined;
}

/**
 * Markdown as somebody wrote it. HTML in it is shown as text; links leave without a trace; whoever is mentioned
 * reads as she is called now, or as she was when it was written.
 */
export default function MarkdownBody({ text, nameOf }: MarkdownBodyProps) {
  return (
    <div className="flex flex-col gap-2 text-sm break-words [&_a]:text-accent-ink [&_a]:underline [&_blockquote]:border-s-2 [&_blockquote]:ps-3 [&_blockquote]:text-muted [&_code]:rounded-sm [&_code]:bg-sunken [&_code]:px-1 [&_h1]:text-base [&_h1]:font-semibold [&_h2]:font-semibold [&_h3]:font-medium [&_ol]:list-decimal [&_ol]:ps-5 [&_p]:whitespace-pre-line [&_pre]:overflow-x-auto [&_pre]:rounded-md [&_pre]:bg-sunken [&_pre]:p-2 [&_ul]:list-disc [&_ul]:ps-5">
      <Markdown
        rehypePlugins={[[rehypeSanitize, schema]]}
        urlTransform={(url) => (url.startsWith(MEMBER) ? url : defaultUrlTransform(url))}
        components={{
          a: ({ href, children }) =>
            href?.startsWith(MEMBER) ? (
              <Mention name={nameOf?.(href.slice(MEMBER.length))}>{children}</Mention>
            ) : (
              <a href={href} target="_blank" rel="noopener noreferrer nofollow">
                {children}
              </a>
            ),
          // A note's headings must not stand among those of the page.
          h1: ({ children }) => <p className="text-base font-semibold">{children}</p>,
          h2: ({ children }) => <p className="font-semibold">{children}</p>,
          h3: ({ children }) => <p className="font-medium">{children}</p>,
        }}
      >
        {text}
      </Markdown>
    </div>
  );
}

function Mention({ name, children }: { name: string | undefined; children: ReactNode }) {
  return (
    <bdi className="rounded-sm bg-selected px-1 font-medium text-accent-ink">
      {name ? `@${name}` : children}
    </bdi>
  );
}
