"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { JobsHost } from "@/features/jobs";
import { useSession } from "@/features/session";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import { BottomBar } from "./bottom-bar";
import { navigation } from "./navigation";
import { OfflineBanner } from "./offline-banner";
import { ProveAgainHost } from "./prove-again-host";
import { SessionExpired } from "./session-expired";
import { Sidebar } from "./sidebar";

const loadPalette = () => import("./command-palette");
const CommandPalette = dynamic(() => loadPalette().then((m) => m.CommandPalette));
const ShortcutHelp = dynamic(() => import("./shortcut-help").then((m) => m.ShortcutHelp));

const NAV_COOKIE = "nav";
/** After this, milliseconds, the palette is fetched unasked: the first keys typed into it are not lost. */
const PALETTE_DELAY = 1_500;

interface AppShellProps {
  /** From the cookie, so that the server draws the width the person left it at. */
  isCollapsedAtFirst: boolean;
  children: ReactNode;
}

/** Navigation around every page of a business, and what works everywhere. */
export function AppShell({ isCollapsedAtFirst, children }: AppShellProps) {
  const t = useTranslations("shell");
  const router = useRouter();
  const { slug } = useSession();
  const [isCollapsed, setCollapsed] = useState(isCollapsedAtFirst);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [isHelpOpen, setHelpOpen] = useState(false);

  // The installed app's shortcut to the search.
  useEffect(() => {
    if (window.location.hash !== "#search") return undefined;
    const frame = requestAnimationFrame(() => {
      window.history.replaceState(null, "", window.location.pathname + window.location.search);
      setPaletteOpen(true);
    });
    return () => cancelAnimationFrame(frame);
  }, []);

  useEffect(() => {
    const timer = setTimeout(loadPalette, PALETTE_DELAY);
    return () => clearTimeout(timer);
  }, []);

  const toggle = (): void => {
    setCollapsed(!isCollapsed);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox
    document.cookie = `${NAV_COOKIE}=${isCollapsed ? "" : "collapsed"}; Path=/; Max-Age=31536000; SameSite=Lax`;
  };

  const general = t("shortcuts.general");
  useShortcut("mod+k", () => setPaletteOpen(true), {
    label: t("shortcuts.palette"),
    group: general,
  });
  useShortcut("/", () => setPaletteOpen(true), { label: t("shortcuts.search"), group: general });
  useShortcut("?", () => setHelpOpen(true), { label: t("shortcuts.help"), group: general });
  useShortcut("[", toggle, { label: t("shortcuts.sidebar"), group: general });

  return (
    <div className="flex h-dvh overflow-hidden bg-canvas">
      <a
        href="#content"
        className="sr-only rounded-md bg-accent px-3 py-2 text-sm font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:inset-s-2 focus:z-80"
      >
        {t("skip")}
      </a>
      {navigation.map((item) => (
        <GoTo
          key={item.name}
          keys={`g ${item.key}`}
          label={t(item.name)}
          go={() => router.push(`/${slug}/${item.path}`)}
        />
      ))}
      <Sidebar
        isCollapsed={isCollapsed}
        onToggle={toggle}
        onSearch={() => setPaletteOpen(true)}
        onHelp={() => setHelpOpen(true)}
      />
      <div className="flex min-w-0 flex-1 flex-col bg-surface md:my-2 md:me-2 md:overflow-hidden md:rounded-lg md:ring-1 md:ring-line">
        <OfflineBanner />
        <main
          id="content"
          tabIndex={-1}
          className="relative flex min-h-0 flex-1 flex-col overflow-auto outline-none"
        >
          {children}
        </main>
        <JobsHost />
        <BottomBar onSearch={() => setPaletteOpen(true)} onHelp={() => setHelpOpen(true)} />
      </div>
      {isPaletteOpen ? (
        <CommandPalette onClose={() => setPaletteOpen(false)} onHelp={() => setHelpOpen(true)} />
      ) : null}
      {isHelpOpen ? <ShortcutHelp onClose={() => setHelpOpen(false)} /> : null}
      <SessionExpired />
      <ProveAgainHost />
    </div>
  );
}

function GoTo({ keys, label, go }: { keys: string; label: string; go: () => void }) {
  const t = useTranslations("shell.shortcuts");
  useShortcut(keys, go, { label, group: t("go") });
  return null;
}
