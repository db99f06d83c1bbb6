import { NotFoundNotice } from "@/features/shell/not-found-notice";

export default function NotFoundPage() {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center bg-canvas px-6 text-center">
      <NotFoundNotice />
    </main>
  );
}
