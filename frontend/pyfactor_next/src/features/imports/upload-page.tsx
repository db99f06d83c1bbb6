"use client";

import { Columns3, FileCheck2, Phone, ShieldCheck } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { isApiError } from "@/api";
import { useErrorText, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";
import { EmptyState } from "@/ui/empty-state";
import { FormAlert } from "@/ui/field";
import { Progress } from "@/ui/progress";
import { DropZone } from "./drop-zone";
import { type FileProblem, MAX_FILE_BYTES, problemOfFiles, sizeOf } from "./file-check";
import { useUpload } from "./mutations";
import { StepHeading } from "./step-heading";
import { WizardFrame } from "./wizard-frame";

interface Refusal {
  file: string;
  reason: string;
  requestId?: string | undefined;
}

/** The first station: choose a file and send it. */
export function UploadPage() {
  const t = useTranslations("imports");
  const { canWrite, tenant } = useSession();
  return (
    <WizardFrame title={t("new")} step="upload">
      <div className="flex-1 overflow-y-auto">
        {canWrite ? (
          <Uploader />
        ) : (
          <EmptyState
            kind="no-permission"
            icon={<ShieldCheck />}
            title={t("notAllowed.title")}
            description={t("notAllowed.description", { business: tenant.name })}
          />
        )}
      </div>
    </WizardFrame>
  );
}

function Uploader() {
  const t = useTranslations("imports.upload");
  const ui = useTranslations("ui.error");
  const format = useFormatter();
  const explain = useErrorText();
  const router = useRouter();
  const { slug } = useSession();
  const upload = useUpload();
  const abort = useRef<AbortController>(null);
  const [file, setFile] = useState<File>();
  const [refusal, setRefusal] = useState<Refusal>();

  // A file dropped beside the frame would otherwise replace the page.
  useEffect(() => {
    const refuse = (event: DragEvent): void => event.preventDefault();
    window.addEventListener("dragover", refuse);
    window.addEventListener("drop", refuse);
    return () => {
      window.removeEventListener("dragover", refuse);
      window.removeEventListener("drop", refuse);
    };
  }, []);

  const inUnits = (bytes: number): string => {
    const { value, unit } = sizeOf(bytes);
    return format.number(value, { style: "unit", unit });
  };
  const sentence = (problem: FileProblem, size: number): string =>
    problem === "tooLarge"
      ? t("problem.tooLarge", { size: inUnits(size), limit: inUnits(MAX_FILE_BYTES) })
      : t(`problem.${problem}`);

  const take = async (files: File[]): Promise<void> => {
    const [chosen] = files;
    if (!chosen) return;
    const problem = problemOfFiles(files);
    if (problem) {
      setRefusal({ file: chosen.name, reason: sentence(problem, chosen.size) });
      return;
    }
    setRefusal(undefined);
    setFile(chosen);
    abort.current = new AbortController();
    try {
      const job = await upload.mutateAsync({ file: chosen, signal: abort.current.signal });
      router.push(`/${slug}/imports/${job.id}`);
    } catch (error) {
      setFile(undefined);
      if (isApiError(error) && error.kind === "aborted") return;
      const { description, requestId } = explain(error);
      setRefusal({ file: chosen.name, reason: description, requestId });
    }
  };

  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-6 px-4 py-6 md:px-6 md:py-10">
      <StepHeading title={t("heading")} intro={t("intro")} />
      {refusal ? (
        <FormAlert>
          <p className="font-medium">{t("failed", { file: refusal.file })}</p>
          <p>
            {refusal.reason} {t("nothingWritten")}
          </p>
          {refusal.requestId ? (
            <p className="mt-1 flex items-center gap-1 text-xs break-all">
              {ui("reference")} {refusal.requestId}
              <CopyButton text={refusal.requestId} label={ui("copyReference")} />
            </p>
          ) : null}
        </FormAlert>
      ) : null}
      {file ? (
        <div className="flex flex-col gap-4 rounded-xl border-2 border-dashed border-field px-6 py-12 sm:px-12 sm:py-20">
          <Progress
            label={t("uploading", { file: file.name })}
            done={0}
            total={0}
            valueText={inUnits(file.size)}
          />
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p role="status" className="text-sm text-muted">
              {t("looking")}
            </p>
            <Button onClick={() => abort.current?.abort()}>{t("cancel")}</Button>
          </div>
        </div>
      ) : (
        <DropZone onFiles={(files) => void take(files)} />
      )}
      <section aria-labelledby="import-tips">
        <h3 id="import-tips" className="text-sm font-medium">
          {t("tips.title")}
        </h3>
        <ul className="mt-3 grid gap-4 sm:grid-cols-2">
          <Tip icon={<FileCheck2 aria-hidden />}>{t("tips.programs")}</Tip>
          <Tip icon={<Columns3 aria-hidden />}>{t("tips.columns")}</Tip>
          <Tip icon={<Phone aria-hidden />}>{t("tips.phones")}</Tip>
          <Tip icon={<ShieldCheck aria-hidden />}>{t("tips.safe")}</Tip>
        </ul>
      </section>
    </div>
  );
}

function Tip({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex gap-2.5 text-xs text-muted [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-accent-ink">
      {icon}
      <span>{children}</span>
    </li>
  );
}
