"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { useFormatter } from "use-intl";
import { cn } from "./cn";

interface TabsProps<V extends string> {
  value: V;
  onValueChange: (value: V) => void;
  tabs: readonly { value: V; label: string; count?: number | undefined; className?: string }[];
  /** Read out as the name of the row of tabs. */
  label: string;
  className?: string;
  listClassName?: string;
  /** The panels, each a TabPanel. */
  children?: ReactNode;
}

export function Tabs<V extends string>({
  value,
  onValueChange,
  tabs,
  label,
  className,
  listClassName,
  children,
}: TabsProps<V>) {
  const format = useFormatter();
  return (
    <Base.Root value={value} onValueChange={onValueChange} className={className}>
      <Base.List
        aria-label={label}
        className={cn(
          "relative flex gap-1 overflow-x-auto overflow-y-hidden border-b scrollbar-none",
          listClassName,
        )}
      >
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className={cn(
              "flex h-9 shrink-0 items-center gap-1.5 rounded-t-md px-2.5 text-sm font-medium text-muted outline-offset-[-2px] hover:text-ink data-active:text-ink",
              tab.className,
            )}
          >
            {tab.label}
            {tab.count === undefined ? null : (
              <span className="tabular rounded-sm bg-sunken px-1.5 text-xs text-muted">
                {format.number(tab.count)}
              </span>
            )}
          </Base.Tab>
        ))}
        <Base.Indicator className="absolute bottom-0 inset-s-0 h-0.5 w-(--active-tab-width) ltr:translate-x-(--active-tab-left) rtl:-translate-x-(--active-tab-right) rounded-full bg-accent transition-[translate,width] duration-150" />
      </Base.List>
      {children}
    </Base.Root>
  );
}

export function TabPanel({
  value,
  className,
  children,
}: {
  value: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Base.Panel value={value} className={cn("outline-offset-4", className)}>
      {children}
    </Base.Panel>
  );
}
