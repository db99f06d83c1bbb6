"use client";

import { ChevronDown, ListChecks } from "lucide-react";
import { usePathname } from "next/navigation";
import { useCallback, useState, useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { cn } from "@/ui/cn";
import { BusinessItem } from "./business-item";
import { ImportItem } from "./import-item";
import { subscribeToJobs } from "./key";
import { dismissJob, jobsIn, storedJobs } from "./watched";

/** What one job says of itself: in words, and whether it is still at work. */
export interface Told {
  text: string;
  isRunning: boolean;
}

/**
 * Long jobs of this person, wherever she is: folded to one line that she can open. The page of a job shows
 * it larger, so there it is left out.
 */
export function Tray() {
  const t = useTranslations("shell.jobs");
  const { user, slug } = useSession();
  const stored = useSyncExternalStore(subscribeToJobs, () => storedJobs(user.id, slug));
  const pathname = usePathname();
  const [isOpen, setOpen] = useState(false);
  const [told, setTold] = useState<Readonly<Record<string, Told>>>({});
  const tell = useCallback((id: string, said: Told | undefined) => {
    setTold(({ [id]: _, ...others }) => (said ? { ...others, [id]: said } : others));
  }, []);
  const jobs = jobsIn(stored).filter(({ id }) => !pathname.includes(id));
  if (jobs.length === 0) return null;
  const said = jobs.flatMap(({ id }) => told[id] ?? []);
  const running = said.filter(({ isRunning }) => isRunning).length;
  return (
    // In the page's flow: over it, it would cover what stands at the bottom of a page.
    <section aria-label={t("label")} className="flex shrink-0 flex-col border-t bg-raised">
      <p role="status" className="sr-only">
        {said.map(({ text }) => text).join(" ")}
      </p>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex min-h-10 w-full items-center gap-2 px-4 text-sm font-medium hover:bg-hover md:min-h-9 md:px-5"
      >
        <ListChecks
          aria-hidden
          className={cn("size-4 text-muted", running > 0 && "motion-safe:animate-pulse")}
        />
        <span className="flex-1 text-start">
          {running > 0 ? t("running", { count: running }) : t("finished", { count: jobs.length })}
        </span>
        <ChevronDown
          aria-hidden
          className={cn("size-4 text-faint transition-transform", !isOpen && "rotate-180")}
        />
      </button>
      <ul
        hidden={!isOpen}
        aria-label={t("label")}
        className="max-h-56 divide-y overflow-y-auto border-t"
      >
        {jobs.map(({ kind, id }) => {
          const Item = kind === "import" ? ImportItem : BusinessItem;
          return (
            <Item key={id} id={id} onTold={tell} onDismiss={() => dismissJob(user.id, slug, id)} />
          );
        })}
      </ul>
    </section>
  );
}
