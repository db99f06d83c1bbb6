"use client";

import Markdown from "react-markdown";
import rehypeSanitize, { defaultSchema } from "rehype-sanitize";

// Pictures would tell their server who reads the note, and when.
const schema = {
  ...defaultSchema,
  tagNames: defaultSchema.tagNames?.filter((name) => name !== "img" && name !== "input"),
};

/** Markdown as somebody wrote it. HTML in it is shown as text; links leave without a trace. */
export default function MarkdownBody({ text }: { text: string }) {
  return (
    <div className="flex flex-col gap-2 text-sm break-words [&_a]:text-accent-ink [&_a]:underline [&_blockquote]:border-s-2 [&_blockquote]:ps-3 [&_blockquote]:text-muted [&_code]:rounded-sm [&_code]:bg-sunken [&_code]:px-1 [&_h1]:text-base [&_h1]:font-semibold [&_h2]:font-semibold [&_h3]:font-medium [&_ol]:list-decimal [&_ol]:ps-5 [&_p]:whitespace-pre-line [&_pre]:overflow-x-auto [&_pre]:rounded-md [&_pre]:bg-sunken [&_pre]:p-2 [&_ul]:list-disc [&_ul]:ps-5">
      <Markdown
        rehypePlugins={[[rehypeSanitize, schema]]}
        components={{
          a: ({ href, children }) => (
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
