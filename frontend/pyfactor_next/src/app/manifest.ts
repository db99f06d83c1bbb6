import type { MetadataRoute } from "next";
import { sectionTexts } from "@/i18n/load";
import { requestLocale } from "@/i18n/request";
import { manifestOf } from "./installed-app";

/** Browsers fetch it without cookies, so their own language counts. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const { language } = await requestLocale();
  return manifestOf(language, await sectionTexts(language, "common"));
}
