import { NotFoundNotice } from "@/features/shell/not-found-notice";

/** Like the root's, inside the shell: the navigation stays usable. */
export default function NotFoundPage() {
  return (
    <div className="flex flex-1 flex-col items-center justify-center px-6 text-center">
      <NotFoundNotice />
    </div>
  );
}
