import { UploadPage } from "@/features/imports/upload-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("imports", (texts) => texts.new);

export default function Page() {
  return <UploadPage />;
}
