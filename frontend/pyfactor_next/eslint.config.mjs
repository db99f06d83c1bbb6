import query from "@tanstack/eslint-plugin-query";
import next from "eslint-config-next/core-web-vitals";
import typescript from "eslint-config-next/typescript";

const noFetch = {
  "no-restricted-globals": [
    "error",
    { name: "fetch", message: "Use djangoApi from @/api: it carries CSRF, errors and retries." },
    { name: "XMLHttpRequest", message: "Use djangoApi from @/api." },
    { name: "EventSource", message: "Streams belong in src/api." },
  ],
  "no-restricted-properties": [
    "error",
    { object: "window", property: "fetch", message: "Use djangoApi from @/api." },
    { object: "globalThis", property: "fetch", message: "Use djangoApi from @/api." },
  ],
};

/** Arabic is written from the right: what is on the left is a bug there. */
const SIDED = [
  "-?(?:m|p|scroll-m|scroll-p)[lr]-(?:[0-9[(]|auto|px)",
  "-?(?:left|right)-(?:[0-9[(]|auto|px|full)",
  "(?:text|float|clear)-(?:left|right)(?![a-z-])",
  "rounded-(?:l|r|tl|tr|bl|br)(?![a-z])",
  "border-[lr](?![a-z])",
  "slide-(?:in-from|out-to)-(?:left|right)",
].join("|");
const sided = `/(?:^|[\\s:!])(?:${SIDED})/`;
const WORD = "/[A-Za-z\\u00c0-\\uffff]{2}/";
const SAID =
  "/^(?:alt|aria-(?:description|label|roledescription|valuetext)|description|hint|label|placeholder|title)$/";
const noSyntax = {
  "no-restricted-syntax": [
    "error",
    ...[`Literal[value=${sided}]`, `TemplateElement[value.raw=${sided}]`].map((selector) => ({
      selector,
      message:
        "Name start and end, not left and right: ms- me- ps- pe- inset-s- inset-e- text-start",
    })),
    // What a person reads or hears is translated.
    ...[
      `JSXText[value=${WORD}]`,
      `JSXElement > JSXExpressionContainer > Literal[value=${WORD}]`,
      `JSXAttribute[name.name=${SAID}] > Literal[value=${WORD}]`,
      `JSXAttribute[name.name=${SAID}] > JSXExpressionContainer > Literal[value=${WORD}]`,
      `JSXAttribute[name.name=${SAID}] > JSXExpressionContainer > TemplateLiteral > TemplateElement[value.raw=${WORD}]`,
      `CallExpression[callee.object.name="toast"] > Literal.arguments:first-child[value=${WORD}]`,
    ].map((selector) => ({
      selector,
      message: "Words come from the message catalogue: messages/en and useTranslations",
    })),
  ],
};

/** The catalogue of one language would be the same for everybody. */
const oneLanguage = {
  name: "@/i18n/messages",
  message: "English alone, for tests. Layouts use <Section>, titles titleOf (src/i18n).",
};

/** A feature reaches another one only through its index.ts. */
const foreignInsides = {
  group: ["@/features/*/*"],
  message: "Import another feature through its index.ts; inside a feature use relative paths.",
};

export default [
  {
    ignores: [
      ".next/**",
      "node_modules/**",
      "test-results/**",
      "e2e/.artifacts/**",
      "src/api/schema.ts",
      "*.config.*",
    ],
  },
  ...next,
  ...typescript,
  ...query.configs["flat/recommended"],
  {
    rules: {
      // What is taken apart to leave a part out has that part's name, or `_` where the type wants one.
      "@typescript-eslint/no-unused-vars": [
        "error",
        { ignoreRestSiblings: true, argsIgnorePattern: "^_", varsIgnorePattern: "^_$" },
      ],
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    rules: {
      ...noFetch,
      ...noSyntax,
      "no-restricted-imports": ["error", { paths: [oneLanguage], patterns: [foreignInsides] }],
      "@typescript-eslint/no-explicit-any": "error",
      // Signing out and switching business load the page anew on purpose: it drops every cache.
      "@next/next/no-location-assign-relative-destination": "off",
    },
  },
  {
    files: ["src/ui/**/*.{ts,tsx}"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [oneLanguage],
          patterns: [
            {
              group: ["@/features/*", "@/features/**", "@/app/**", "@/api/**"],
              message: "The kit knows no feature, no route and no API.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["src/api/**/*.{ts,tsx}"],
    rules: {
      "no-restricted-globals": "off",
      "no-restricted-properties": "off",
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["@/features/*", "@/features/**", "@/app/**", "@/ui/**"],
              message: "The API client stands below everything else.",
            },
          ],
        },
      ],
    },
  },
  {
    // Routes compose features, so they may take a feature's page component directly.
    files: ["src/app/**/*.{ts,tsx}"],
    rules: { "no-restricted-imports": ["error", { paths: [oneLanguage] }] },
  },
  {
    files: ["src/**/*.test.{ts,tsx}", "src/**/testing*.{ts,tsx}", "src/i18n/use-intl.d.ts"],
    rules: { "no-restricted-imports": "off", "no-restricted-syntax": "off" },
  },
  { files: ["e2e/**/*.ts"], rules: { "react-hooks/rules-of-hooks": "off" } },
];
