import type { ReactNode } from "react";

interface SettingsSectionProps {
  title: string;
  description: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** One settings page: heading, one line on what it is, cards. */
export function SettingsSection({ title, description, actions, children }: SettingsSectionProps) {
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-5 px-4 py-6 md:px-8">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="text-lg font-semibold">{title}</h2>
          <p className="mt-0.5 text-sm text-muted">{description}</p>
        </div>
        {actions}
      </div>
      {children}
    </div>
  );
}
