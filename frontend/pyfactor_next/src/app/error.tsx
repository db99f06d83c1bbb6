"use client";

import { PageError, type PageErrorProps } from "@/features/shell/page-error";

export default function ErrorPage(props: PageErrorProps) {
  return (
    <main className="flex min-h-dvh items-center justify-center bg-canvas">
      <PageError {...props} />
    </main>
  );
}
