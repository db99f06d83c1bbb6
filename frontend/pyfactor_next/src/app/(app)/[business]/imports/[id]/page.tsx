import { ImportPage } from "@/features/imports/import-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("imports", (texts) => texts.one);

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ImportPage id={id} />;
}
