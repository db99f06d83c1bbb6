"use client";

import { PageError, type PageErrorProps } from "@/features/shell/page-error";

/** Like the root's, inside the shell: the navigation stays usable. */
export default function ErrorPage(props: PageErrorProps) {
  return (
    <div className="flex flex-1 items-center justify-center">
      <PageError {...props} />
    </div>
  );
}
