import type { ReactNode } from "react";
import { Logo } from "@/ui/logo";
import { LanguageChoice } from "./language-choice";

interface AuthCardProps {
  title: string;
  description?: ReactNode;
  /** Below the card: the way to the other pages. */
  footer?: ReactNode;
  children: ReactNode;
}

/** The frame of every page that one sees without a session. */
export function AuthCard({ title, description, footer, children }: AuthCardProps) {
  return (
    <main className="flex min-h-dvh flex-col items-center bg-canvas px-4 py-10 sm:justify-center">
      <div className="w-full max-w-[23rem]">
        <Logo className="mx-auto size-9" />
        <h1 className="mt-5 text-center text-xl font-semibold tracking-[-0.01em]">{title}</h1>
        {description ? (
          <p className="mt-1.5 text-center text-sm text-balance text-muted">{description}</p>
        ) : null}
        <div className="mt-6 rounded-xl bg-raised p-5 shadow-xs ring-1 ring-line sm:p-6">
          {children}
        </div>
        {footer ? <div className="mt-5 text-center text-sm text-muted">{footer}</div> : null}
        <LanguageChoice />
      </div>
    </main>
  );
}
