"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { useRecordFrame } from "@/features/records";
import { Button } from "@/ui/button";
import { kindIcons } from "./kind-icons";
import { type About, KINDS, type Kind } from "./types";

const loadForm = () => import("./composer-form");
const ComposerForm = dynamic(loadForm, { ssr: false });
/** After this, milliseconds, the form is fetched unasked: the first keys typed into it are not lost. */
const FORM_DELAY = 1_500;

interface ComposerProps {
  about: About;
  /** The record's name, for a first subject such as "Call with Ada". */
  name: string;
}

function isKind(what: string): what is Kind {
  return (KINDS as readonly string[]).includes(what);
}

/** What can be added to a record, pinned on top of its timeline: closed until a kind is chosen. */
export function Composer({ about, name }: ComposerProps) {
  const t = useTranslations("activities");
  const { wish } = useRecordFrame();
  const [opened, setOpened] = useState<{ kind: Kind; number: number } | null>(null);
  const [seen, setSeen] = useState(0);
  useEffect(() => {
    const timer = setTimeout(loadForm, FORM_DELAY);
    return () => clearTimeout(timer);
  }, []);
  if (wish && wish.number !== seen) {
    setSeen(wish.number);
    if (isKind(wish.what)) setOpened({ kind: wish.what, number: wish.number });
  }
  return (
    <section
      aria-label={t("composer.label")}
      className="rounded-lg bg-raised p-2 shadow-xs ring-1 ring-inset ring-line"
    >
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">{t("composer.kind")}</legend>
        {KINDS.map((kind) => {
          const Icon = kindIcons[kind];
          return (
            <Button
              key={kind}
              size="sm"
              variant="ghost"
              aria-pressed={opened?.kind === kind}
              className="aria-pressed:bg-selected aria-pressed:text-accent-ink"
              onClick={() => setOpened({ kind, number: (opened?.number ?? 0) + 1 })}
            >
              <Icon aria-hidden />
              {t(`kinds.${kind}`)}
            </Button>
          );
        })}
      </fieldset>
      {opened ? (
        <ComposerForm
          key={`${opened.kind}-${opened.number}`}
          kind={opened.kind}
          about={about}
          name={name}
          onClose={() => setOpened(null)}
        />
      ) : null}
    </section>
  );
}
