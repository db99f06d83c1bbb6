/**
 * The part of the API that django-allauth's headless browser client answers. It has no entry in
 * the generated schema; the shapes are those of its published OpenAPI document.
 */
interface Empty {
  query?: never;
  header?: never;
  path?: never;
  cookie?: never;
}

interface Post<Body> {
  post: {
    parameters: Empty;
    requestBody: { content: { "application/json": Body } };
    responses: { 200: { content: { "application/json": AccountAnswer } } };
  };
}

export interface AccountAnswer {
  status: number;
  data?: unknown;
  meta?: { is_authenticated?: boolean };
}

export interface AccountPaths {
  "/api/auth/browser/v1/auth/signup": Post<{ email: string; password: string; name: string }>;
  "/api/auth/browser/v1/auth/login": Post<{ email: string; password: string }>;
  "/api/auth/browser/v1/auth/email/verify": Post<{ key: string }>;
  "/api/auth/browser/v1/auth/email/verify/resend": Post<Record<string, never>>;
  "/api/auth/browser/v1/auth/password/request": Post<{ email: string }>;
  "/api/auth/browser/v1/auth/password/reset": Post<{ key: string; password: string }>;
  "/api/auth/browser/v1/account/password/change": Post<{
    current_password: string;
    new_password: string;
  }>;
  "/api/auth/browser/v1/auth/session": {
    get: {
      parameters: Empty;
      responses: { 200: { content: { "application/json": AccountAnswer } } };
    };
    delete: {
      parameters: Empty;
      responses: { 200: { content: { "application/json": AccountAnswer } } };
    };
  };
}
