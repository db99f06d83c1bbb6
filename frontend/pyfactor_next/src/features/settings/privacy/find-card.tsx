"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useForm, useFormState } from "react-hook-form";
import { useTranslations } from "use-intl";
import { applyApiError, djangoApi } from "@/api";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Field, FormAlert } from "@/ui/field";
import { Input } from "@/ui/input";
import { FoundList } from "./found-list";
import type { ChosenRecord, FoundTable, Subject } from "./queries";
import { useHandover } from "./use-handover";

const EraseDialog = dynamic(() => import("./erase-dialog").then((m) => m.EraseDialog));

interface Known {
  email: string;
  phone: string;
  name: string;
}

const FIELDS = ["email", "phone", "name"] as const;

/** Looks for a person everywhere; what is hers is then chosen, handed over or erased. */
export function FindCard() {
  const t = useTranslations("settings.privacy");
  const [alert, setAlert] = useState<string>();
  const [subject, setSubject] = useState<Subject>();
  const [found, setFound] = useState<FoundTable[]>();
  const [chosen, setChosen] = useState<readonly ChosenRecord[]>([]);
  const [isErasing, setErasing] = useState(false);
  const form = useForm<Known>({ defaultValues: { email: "", phone: "", name: "" } });
  const { isSubmitting } = useFormState({ control: form.control });
  const handover = useHandover();
  const submit = form.handleSubmit(async ({ email, phone, name }) => {
    const known = { emails: filled(email), phones: filled(phone), names: filled(name) };
    const isEmpty = [email, phone, name].every((text) => text.trim() === "");
    setAlert(isEmpty ? t("find.missing") : undefined);
    if (isEmpty) return;
    try {
      const { results } = await djangoApi.post("/api/privacy/find/", known, { timeoutMs: 70_000 });
      setSubject(known);
      setFound(results);
      setChosen([]);
    } catch (error) {
      setAlert(applyApiError(form, error, [...FIELDS]));
    }
  });
  return (
    <Card title={t("find.title")} description={t("find.description")}>
      <form
        method="post"
        noValidate
        aria-label={t("find.title")}
        onSubmit={(event) => void submit(event)}
        className="flex flex-col gap-4"
      >
        <FormAlert>{alert}</FormAlert>
        <div className="grid gap-4 sm:grid-cols-3">
          {FIELDS.map((field) => (
            <Field key={field} label={t(`find.${field}`)}>
              <Input
                autoComplete="off"
                maxLength={field === "phone" ? 40 : 120}
                {...form.register(field)}
              />
            </Field>
          ))}
        </div>
        <Button type="submit" className="self-start" busy={isSubmitting}>
          {t("find.submit")}
        </Button>
      </form>
      {subject && found ? (
        <>
          <FoundList found={found} chosen={chosen} onChange={setChosen} />
          {found.length > 0 ? (
            <div className="mt-4 flex flex-wrap justify-end gap-2">
              <Button
                busy={handover.isPending}
                disabled={chosen.length === 0}
                onClick={() => handover.mutate({ ...subject, records: [...chosen] })}
              >
                {t("find.handOver")}
              </Button>
              <Button
                variant="danger"
                disabled={chosen.length === 0}
                onClick={() => setErasing(true)}
              >
                {t("find.erase")}
              </Button>
            </div>
          ) : null}
          {isErasing ? (
            <EraseDialog
              whom={{ ...subject, records: [...chosen] }}
              onErased={() => {
                setFound(undefined);
                // Fields are registered once and not at every render, so reset() has to keep them.
                form.reset(undefined, { keepFieldsRef: true });
              }}
              onClose={() => setErasing(false)}
            />
          ) : null}
        </>
      ) : null}
    </Card>
  );
}

function filled(text: string): string[] {
  return text.trim() === "" ? [] : [text.trim()];
}
