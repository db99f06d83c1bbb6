"use client";

import { type ReactNode, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { cn } from "@/ui/cn";
import { TabPanel, Tabs } from "@/ui/tabs";
import { FrameContext, type Wish } from "./frame-context";
import type { RecordSection, SectionName } from "./types";
import { useIsRoomy, useIsWide } from "./use-is-wide";

export type FrameTab = SectionName | "details";

interface RecordFrameProps {
  /** The page has room for two columns on a desk; the panel never has. */
  variant: "page" | "panel";
  properties: ReactNode;
  /** Cards of other records, on the right of a page that has room for them; else tabs hold the same. */
  related?: ReactNode;
  sections: readonly RecordSection[];
  /** Null: the first section beside the properties, or the properties where there is one column. */
  tab: FrameTab | null;
  onTabChange: (tab: FrameTab) => void;
  /** Between the tabs and what stands above them: the header and its actions. */
  children: ReactNode;
}

/**
 * A record: header, properties on the left, sections as tabs, and where there is room what it has to do
 * with on the right. In one column the properties are the first tab.
 */
export function RecordFrame(props: RecordFrameProps) {
  const { variant, properties, related, sections, tab, onTabChange, children } = props;
  const t = useTranslations("records.tabs");
  const isPage = variant === "page";
  const isWide = useIsWide() && isPage;
  const isRoomy = useIsRoomy() && isPage;
  const [wish, setWish] = useState<Wish | null>(null);
  const wishes = useRef(0);
  const first = sections[0]?.name ?? "details";
  const known = tab !== null && sections.some(({ name }) => name === tab) ? tab : null;
  const open = known ?? (isWide ? first : "details");
  const frame = useMemo(
    () => ({
      wish,
      openSection: (name: SectionName, what?: string): void => {
        onTabChange(name);
        wishes.current += 1;
        setWish(what ? { what, number: wishes.current } : null);
      },
    }),
    [wish, onTabChange],
  );
  if (sections.length === 0) {
    return (
      <>
        {children}
        {properties}
      </>
    );
  }
  return (
    <FrameContext value={frame}>
      {children}
      <Tabs
        value={open}
        onValueChange={(name) => {
          // Coming back to a section does not begin again what was wished for in it once.
          setWish(null);
          onTabChange(name);
        }}
        label={t("label")}
        tabs={[
          { value: "details", label: t("details"), className: isPage ? "lg:hidden" : "" },
          ...sections.map(({ name }) => ({ value: name, label: t(name) })),
        ]}
        className={cn(
          "flex min-w-0 flex-col gap-y-3",
          isPage &&
            "lg:grid lg:grid-cols-[20rem_minmax(0,1fr)] lg:grid-rows-[auto_minmax(0,1fr)] lg:gap-x-10 min-[85rem]:gap-x-8",
          isPage && related && "min-[85rem]:grid-cols-[20rem_minmax(0,1fr)_15rem]",
        )}
        listClassName={cn(isPage && "lg:col-start-2 lg:row-start-1")}
      >
        <div
          className={cn(
            "min-w-0",
            open !== "details" && known !== null && (isPage ? "max-lg:hidden" : "hidden"),
            isPage && "lg:col-start-1 lg:row-span-2 lg:row-start-1",
          )}
        >
          {properties}
        </div>
        {related && isRoomy ? (
          <aside
            aria-label={t("related")}
            className="col-start-3 row-span-2 row-start-1 flex min-w-0 flex-col gap-3"
          >
            {related}
          </aside>
        ) : null}
        {sections.map(({ name, content }) => (
          <TabPanel
            key={name}
            value={name}
            className={cn(
              "min-w-0",
              isPage && "lg:col-start-2 lg:row-start-2",
              // Until the browser has said how wide it is.
              known === null && "max-lg:hidden",
            )}
          >
            {content}
          </TabPanel>
        ))}
      </Tabs>
    </FrameContext>
  );
}
