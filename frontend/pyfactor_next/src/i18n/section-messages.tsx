"use client";

import type { ReactNode } from "react";
import { IntlProvider, type Messages, useLocale, useMessages } from "use-intl";

/**
 * Adds the texts of one part of the app to those around it. A layout on the server passes them,
 * so that no page loads the words of another.
 */
export function SectionMessages({
  texts,
  children,
}: {
  texts: Partial<Messages>;
  children: ReactNode;
}) {
  const around = useMessages();
  const locale = useLocale();
  return (
    <IntlProvider locale={locale} messages={{ ...around, ...texts }}>
      {children}
    </IntlProvider>
  );
}
