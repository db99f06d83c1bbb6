import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { directionOf } from "@/i18n/languages";
import { sectionTexts, textsOf } from "@/i18n/load";
import { requestLocale } from "@/i18n/request";
import { THEME_COOKIE, themeClass } from "@/ui/theme-class";
import "./globals.css";
import { Providers } from "./providers";

const inter = localFont({
  src: "./fonts/inter-latin.woff2",
  variable: "--font-inter",
  weight: "100 900",
  display: "swap",
});

// Letters of Central Europe, Turkish and Vietnamese: fetched only by pages that show one.
const interExtended = localFont({
  src: "./fonts/inter-latin-ext.woff2",
  variable: "--font-inter-ext",
  weight: "100 900",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
});

// Fetched only by pages that show a letter of these, and by no Greek or Cyrillic one on its way to
// the system's fonts.
const arabic = localFont({
  src: "./fonts/noto-sans-arabic.woff2",
  variable: "--font-arabic",
  weight: "100 900",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0600-06FF, U+0750-077F, U+0870-08FF, U+200C-200E, U+FB50-FDFF, U+FE70-FE74, U+FE76-FEFC",
    },
  ],
});

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await requestLocale();
  const { product, tagline } = await sectionTexts(language, "common");
  return {
    title: { default: product, template: `%s · ${product}` },
    description: tagline,
    robots: { index: false, follow: false },
    // What is said here replaces what Next.js would have found in this folder.
    icons: {
      icon: [
        { url: "/icon.svg", type: "image/svg+xml" },
        { url: "/icon-192.png", type: "image/png", sizes: "192x192" },
      ],
      apple: "/icon-apple-180.png",
    },
    appleWebApp: { title: product, statusBarStyle: "default" },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#131519" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [jar, incoming, locale] = await Promise.all([cookies(), headers(), requestLocale()]);
  const theme = themeClass(jar.get(THEME_COOKIE)?.value);
  return (
    <html
      lang={locale.language}
      dir={directionOf(locale.language)}
      className={`${inter.variable} ${interExtended.variable} ${arabic.variable} ${theme}`}
    >
      <body>
        <Providers
          nonce={incoming.get("x-nonce") ?? undefined}
          locale={locale}
          texts={await textsOf(locale.language, ["auth", "common", "ui"])}
        >
          {children}
        </Providers>
      </body>
    </html>
  );
}
