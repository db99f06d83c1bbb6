import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import MarkdownBody from "./markdown-body";

/** Everything that has run, or sent a request, in one renderer of Markdown or another. */
const HOSTILE = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<svg><animate onbegin=alert(1) attributeName=x></svg>",
  "<iframe src=javascript:alert(1)></iframe>",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
  "<a href='javascript:alert(1)'>x</a>",
  "<a href='jav&#x09;ascript:alert(1)'>x</a>",
  "<form action=javascript:alert(1)><button>x</button></form>",
  "<input onfocus=alert(1) autofocus>",
  "<details open ontoggle=alert(1)>x</details>",
  "<style>@import 'https://evil.example/x.css'</style>",
  "<link rel=stylesheet href=https://evil.example/x.css>",
  "<meta http-equiv=refresh content='0;url=https://evil.example'>",
  "<base href=https://evil.example/>",
  "<object data=javascript:alert(1)></object>",
  "<embed src=javascript:alert(1)>",
  "<video><source onerror=alert(1)></video>",
  "<div style='background:url(https://evil.example/x)'>x</div>",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](java\tscript:alert(1))",
  "[x](&#106;avascript:alert(1))",
  "[x](&#x6A&#x61&#x76&#x61script:alert(1))",
  "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "[x](vbscript:msgbox(1))",
  "[x](file:///etc/passwd)",
  "[x]( \u0001javascript:alert(1))",
  "<javascript:alert(1)>",
  "[x]: javascript:alert(1)\n\n[x]",
  "![x](https://evil.example/pixel.png)",
  "![x](javascript:alert(1))",
  '![x](https://evil.example/x"onerror="alert(1))',
  "[x](https://a.example 'title\" onmouseover=\"alert(1)')",
  "`<script>alert(1)</script>`",
  "```html\n<script>alert(1)</script>\n```",
  "<!-- --><script>alert(1)</script>",
  "<x onclick=alert(1)>x</x>",
];

const HARMLESS = new Set([
  "DIV",
  "P",
  "A",
  "EM",
  "STRONG",
  "CODE",
  "PRE",
  "UL",
  "OL",
  "LI",
  "BLOCKQUOTE",
  "HR",
  "BR",
]); // prettier-ignore

// ASVS 1.2.2, 1.3.1, 1.3.5
test.each(HOSTILE)("nothing runs and nothing is fetched: %s", (text) => {
  const { container } = render(<MarkdownBody text={text} />);
  for (const element of container.querySelectorAll("*")) {
    expect(HARMLESS).toContain(element.tagName);
    for (const { name, value } of element.attributes) {
      expect(name).toMatch(/^(class|href|target|rel|title)$/);
      if (name === "href") {
        // As a browser reads it, relative addresses included.
        expect(new URL(value, "https://dott.example").protocol).toMatch(/^(https?|mailto):$/);
      }
    }
  }
});

test("what is meant to be formatted is", () => {
  const { container } = render(
    <MarkdownBody text={"# Plan\n\n**Ring** [her](https://a.example)\n\n- one\n- two"} />,
  );
  expect(container.querySelector("strong")).toHaveTextContent("Ring");
  expect(container.querySelector("a")).toHaveAttribute("rel", "noopener noreferrer nofollow");
  expect(container.querySelectorAll("li")).toHaveLength(2);
  expect(container.querySelector("h1")).toBeNull();
});

test("HTML is shown as it was written", () => {
  const { container } = render(<MarkdownBody text="a <b>b</b>" />);
  expect(container.querySelector("b")).toBeNull();
});

const MIA = "01a2286f-add9-7f92-91eb-9acc3bd141a4";
const nameOf = (id: string) => (id === MIA ? "Mia <b>New</b>" : undefined);

test("who is mentioned reads as she is called now, or else as she was", () => {
  const text = `[@Mia Old](member:${MIA}) and [@Max](member:${MIA.replace("4", "5")})`;
  const { container } = render(<MarkdownBody text={text} nameOf={nameOf} />);
  expect(container).toHaveTextContent("@Mia <b>New</b> and @Max");
  expect(container.querySelector("a, b")).toBeNull();
});

test.each(["[x](member:javascript:alert(1))", "[x](MEMBER:a)", "![x](member:a)", "<member:a>"])(
  "a mention leads nowhere: %s",
  (text) => {
    const { container } = render(<MarkdownBody text={text} nameOf={nameOf} />);
    for (const link of container.querySelectorAll("a"))
      expect(link.getAttribute("href")).toBeFalsy();
    expect(container.querySelector("[src]")).toBeNull();
  },
);
