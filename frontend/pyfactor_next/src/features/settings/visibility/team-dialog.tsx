"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { applyApiError, djangoApi, isApiError } from "@/api";
import { membersQuery, useErrorToast, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { Dialog } from "@/ui/dialog";
import { Field, FormAlert } from "@/ui/field";
import { Input } from "@/ui/input";
import { toast } from "@/ui/toast";
import { type Team, teamsQuery } from "./queries";

interface TeamDialogProps {
  /** Without one, another is founded. */
  team: Team | undefined;
  onClose: () => void;
}

/** A team's name and its members. */
export function TeamDialog({ team, onClose }: TeamDialogProps) {
  const t = useTranslations("settings.visibility.teams");
  const { slug } = useSession();
  const queries = useQueryClient();
  const id = useId();
  const [alert, setAlert] = useState<string>();
  const [chosen, setChosen] = useState<readonly string[]>(team?.members ?? []);
  const form = useForm<{ name: string }>({ defaultValues: { name: team?.name ?? "" } });
  const reload = () => queries.invalidateQueries({ queryKey: teamsQuery(slug).queryKey });
  const submit = form.handleSubmit(async ({ name }) => {
    setAlert(undefined);
    try {
      const body = { name, members: [...chosen] };
      if (team) {
        await djangoApi.patch("/api/tenants/current/teams/{team_id}/", body, {
          path: { team_id: team.id },
        });
      } else {
        await djangoApi.post("/api/tenants/current/teams/", body);
      }
      toast.success(t("saved", { name }));
      onClose();
      await reload();
    } catch (error) {
      setAlert(applyApiError(form, error, ["name"]));
    }
  });
  const { errors, isSubmitting } = form.formState;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t(team ? "editTitle" : "addTitle")}
      description={t("description")}
      width="sm:max-w-md"
      footer={
        <>
          {team ? <Dissolve team={team} onDone={onClose} /> : null}
          <Button type="submit" form={id} variant="primary" busy={isSubmitting}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form
        id={id}
        method="post"
        noValidate
        onSubmit={(event) => void submit(event)}
        className="flex flex-col gap-4"
      >
        <FormAlert>{alert}</FormAlert>
        <Field label={t("name")} error={errors.name?.message}>
          <Input
            autoFocus
            autoComplete="off"
            maxLength={60}
            {...form.register("name", { required: t("missingName") })}
          />
        </Field>
        <Members chosen={chosen} onChange={setChosen} />
      </form>
    </Dialog>
  );
}

interface MembersProps {
  chosen: readonly string[];
  onChange: (members: readonly string[]) => void;
}

function Members({ chosen, onChange }: MembersProps) {
  const t = useTranslations("settings.visibility.teams");
  const { slug } = useSession();
  const { data: members } = useQuery(membersQuery(slug));
  const offered = (members ?? []).filter(
    (member) => member.status === "active" || chosen.includes(member.id),
  );
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t("members")}</legend>
      {offered.map((member) => (
        <Checkbox
          key={member.id}
          label={member.display_name}
          checked={chosen.includes(member.id)}
          onCheckedChange={(isIn) =>
            onChange(isIn ? [...chosen, member.id] : chosen.filter((one) => one !== member.id))
          }
        />
      ))}
    </fieldset>
  );
}

function Dissolve({ team, onDone }: { team: Team; onDone: () => void }) {
  const t = useTranslations("settings.visibility.teams");
  const { slug } = useSession();
  const queries = useQueryClient();
  const showError = useErrorToast();
  const dissolve = useMutation({
    mutationFn: () =>
      djangoApi.delete("/api/tenants/current/teams/{team_id}/", { path: { team_id: team.id } }),
    onSuccess: async () => {
      toast.success(t("dissolved", { name: team.name }));
      onDone();
      await queries.invalidateQueries({ queryKey: teamsQuery(slug).queryKey });
    },
    onError: (error) => {
      if (isApiError(error) && error.code === "reauthentication_required") return;
      showError(error, t("failed"));
    },
  });
  return (
    <Button className="me-auto" busy={dissolve.isPending} onClick={() => dissolve.mutate()}>
      {t("dissolve")}
    </Button>
  );
}
