"use client";

import { useTranslations } from "use-intl";
import type { Step } from "@/api";
import { useOfferUndo } from "@/features/history";
import { TextProperty } from "@/features/records";
import { useErrorToast } from "@/features/session";
import { toast } from "@/ui/toast";
import { useDay, useMoney } from "../bits";
import { closedAt } from "../board/closed-at";
import { editableAmount } from "../money";
import { useEditDeal } from "../mutations";
import type { Deal, DealPatch } from "../types";
import { ChoiceProperty, type ChoiceType } from "./choice-property";

interface PropertiesProps {
  deal: Deal;
  isReadOnly: boolean;
}

/** What is known of a deal; a click on a value changes it. */
export function Properties({ deal, isReadOnly }: PropertiesProps) {
  const t = useTranslations("deals.fields");
  const money = useMoney();
  const day = useDay();
  const showError = useErrorToast();
  const tRecord = useTranslations("deals.record");
  const offerUndo = useOfferUndo();
  const { mutateAsync: edit } = useEditDeal(deal.id);
  const save = async (patch: DealPatch, shown?: Partial<Deal>): Promise<boolean> => {
    let made: Step = [];
    try {
      await edit({ patch, ...(shown ? { shown } : {}), onChange: (step) => (made = step) });
      toast.success(tRecord("saved"), offerUndo(made));
      return true;
    } catch (error) {
      showError(error, tRecord("saveFailed"));
      return false;
    }
  };
  const shared = { isReadOnly };
  const text = (name: "name" | "source" | "next_step", maxLength: number) => (
    <TextProperty
      {...shared}
      field={name}
      label={t(NAMES[name])}
      value={deal[name]}
      shown={deal[name]}
      maxLength={maxLength}
      onSave={(value) => (name === "name" && value === "" ? false : save({ [name]: value }))}
    />
  );
  const choice = (type: ChoiceType, label: string, value: string | null, shown: string) => (
    <ChoiceProperty
      {...shared}
      field={FIELDS[type]}
      type={type}
      label={label}
      value={value}
      shown={shown}
      onSave={(chosen, name) =>
        save({ [FIELDS[type]]: chosen }, { [`${FIELDS[type]}_name`]: name } as Partial<Deal>)
      }
    />
  );
  return (
    <dl className="flex flex-col">
      {text("name", 255)}
      {choice("customer", t("customer"), deal.customer, deal.customer_name)}
      {choice("owner", t("owner"), deal.owner, deal.owner_name)}
      <TextProperty
        {...shared}
        field="amount"
        label={t("amount")}
        value={editableAmount(deal.amount)}
        shown={money(deal.amount, deal.currency)}
        inputMode="decimal"
        onSave={(value) => save({ amount: value === "" ? null : value.replace(",", ".") })}
      />
      {deal.amount === null
        ? null
        : choice("currency", t("currency"), deal.currency, deal.currency)}
      {deal.category === "open" ? (
        <TextProperty
          {...shared}
          field="probability"
          label={t("probability")}
          value={deal.probability === null ? "" : String(deal.probability)}
          shown={t("percent", { value: deal.probability ?? deal.stage_probability })}
          inputMode="numeric"
          onSave={(value) => save({ probability: value === "" ? null : Number(value) })}
        />
      ) : null}
      <TextProperty
        {...shared}
        field="expected_close_on"
        type="date"
        label={t("expectedCloseOn")}
        value={deal.expected_close_on ?? ""}
        shown={deal.expected_close_on ? day(deal.expected_close_on) : ""}
        onSave={(value) => save({ expected_close_on: value || null })}
      />
      {deal.closed_at ? (
        <TextProperty
          {...shared}
          field="closed_at"
          type="date"
          label={t("closedAt")}
          value={deal.closed_at.slice(0, 10)}
          shown={day(deal.closed_at.slice(0, 10))}
          onSave={(value) =>
            value === "" ? false : save({ closed_at: closedAt(value) ?? new Date().toISOString() })
          }
        />
      ) : null}
      {deal.category === "lost" ? (
        <>
          {choice("lostReason", t("lostReason"), deal.lost_reason, deal.lost_reason_name)}
          <TextProperty
            {...shared}
            field="lost_note"
            label={t("lostNote")}
            value={deal.lost_note}
            shown={deal.lost_note}
            maxLength={2_000}
            isLong
            onSave={(value) => save({ lost_note: value })}
          />
        </>
      ) : null}
      {text("next_step", 255)}
      {text("source", 80)}
      <TextProperty
        {...shared}
        field="description"
        label={t("description")}
        value={deal.description}
        shown={deal.description}
        maxLength={20_000}
        isLong
        onSave={(value) => save({ description: value })}
      />
    </dl>
  );
}

const NAMES = { name: "name", source: "source", next_step: "nextStep" } as const;

const FIELDS = {
  owner: "owner",
  customer: "customer",
  currency: "currency",
  lostReason: "lost_reason",
} as const satisfies Record<ChoiceType, keyof DealPatch>;
