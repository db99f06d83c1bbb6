"use client";

import source from "@messages/en/ui.json";
import { useEffect, useState } from "react";
import { directionOf, languageOf } from "@/i18n/languages";
import "./globals.css";

/** The last resort: the root layout itself failed, so nothing of the app is there to lean on. */
export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  // The page that failed has told the browser its language; its words come when they can.
  const [language] = useState(() => languageOf(globalThis.document?.documentElement.lang) ?? "en");
  const [text, setText] = useState(source.error);
  useEffect(() => {
    import(`../../messages/${language}/ui.json`).then(
      ({ default: texts }) => setText({ ...source.error, ...texts.error }),
      () => undefined,
    );
  }, [language]);
  return (
    <html lang={language} dir={directionOf(language)}>
      <body className="flex min-h-dvh flex-col items-center justify-center px-6 text-center">
        <h1 className="text-xl font-semibold">{text.title}</h1>
        <p className="mt-1 max-w-md text-sm text-muted">{text.description}</p>
        <button
          type="button"
          onClick={reset}
          className="mt-6 h-9 rounded-md bg-accent px-4 text-sm font-medium text-on-accent"
        >
          {text.retry}
        </button>
        {error.digest ? (
          <p className="mt-4 font-mono text-xs text-muted">
            {text.reference} {error.digest}
          </p>
        ) : null}
      </body>
    </html>
  );
}
