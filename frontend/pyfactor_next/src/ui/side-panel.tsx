"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "./cn";

interface SidePanelProps {
  /** Read out as the panel's name. */
  label: string;
  onClose: () => void;
  className?: string;
  children: ReactNode;
}

/**
 * 480 px beside a list that stays usable; on a phone it covers the page. Not modal: the list keeps
 * its keys. Escape inside it, or on the page with nothing else open, closes it. Place it as the
 * last child of a `relative` box that holds the list.
 */
export function SidePanel({ label, onClose, className, children }: SidePanelProps) {
  const panel = useRef<HTMLElement>(null);

  useEffect(() => {
    const returnTo = document.activeElement as HTMLElement | null;
    panel.current?.focus({ preventScroll: true });
    return () => {
      if (returnTo?.isConnected) returnTo.focus({ preventScroll: true });
    };
  }, []);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      const target = event.target as HTMLElement;
      if (target.closest("[role=dialog],[role=alertdialog],[role=menu],[role=listbox]")) return;
      onClose();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onClose]);

  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label={label}
      className={cn(
        "fixed inset-0 z-30 flex flex-col overflow-hidden bg-surface outline-none md:absolute md:inset-s-auto md:w-[30rem] md:max-w-full md:border-s md:shadow-[-16px_0_32px_-20px_var(--shadow-tint)] md:rtl:shadow-[16px_0_32px_-20px_var(--shadow-tint)]",
        "motion-safe:animate-in motion-safe:fade-in motion-safe:slide-in-from-end-4 motion-safe:duration-150",
        className,
      )}
    >
      {children}
    </aside>
  );
}
