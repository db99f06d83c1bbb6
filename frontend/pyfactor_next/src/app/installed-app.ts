import type { MetadataRoute } from "next";
import type { Messages } from "use-intl";
import { directionOf, type Language } from "@/i18n/languages";

/** What a phone or a desktop installs. */
export function manifestOf(language: Language, texts: Messages["common"]): MetadataRoute.Manifest {
  const { product, tagline, install } = texts;
  return {
    id: "/",
    name: product,
    short_name: product,
    description: tagline,
    lang: language,
    dir: directionOf(language),
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#ffffff",
    theme_color: "#4a4fd6",
    icons: [
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
      { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "/icon-maskable-192.png", sizes: "192x192", type: "image/png", purpose: "maskable" },
      { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
    shortcuts: [
      { name: install.newCustomer, url: "/go/customers?new=1" },
      { name: install.tasks, url: "/go/tasks" },
      { name: install.search, url: "/go/customers#search" },
    ].map((shortcut) => ({ ...shortcut, icons: [{ src: "/icon-192.png", sizes: "192x192" }] })),
  };
}
