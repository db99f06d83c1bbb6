import type { paths as ApiPaths } from "./schema";

export type { ApiPaths };
export type Method = "get" | "post" | "put" | "patch" | "delete";

/** Paths that answer to a method. */
export type PathWith<M extends Method> = {
  [P in keyof ApiPaths]: ApiPaths[P] extends { [K in M]: object } ? P : never;
}[keyof ApiPaths] &
  string;

type Operation<P extends keyof ApiPaths, M extends Method> = ApiPaths[P] extends {
  [K in M]: infer O;
}
  ? O
  : never;

type JsonOf<C> = C extends { "application/json": infer J }
  ? J
  : C extends { "multipart/form-data": unknown }
    ? FormData
    : undefined;

type Content<R> = R extends { content: infer C }
  ? C extends never
    ? undefined
    : JsonOf<C>
  : undefined;

/** Body of a request; undefined where there is none. */
export type RequestBody<P extends keyof ApiPaths, M extends Method> =
  Operation<P, M> extends { requestBody?: infer R } ? Content<NonNullable<R>> : undefined;

type Success<R> = {
  [S in keyof R]: S extends 200 | 201 | 202 | 204 | 205 ? Content<R[S]> : never;
}[keyof R];

/** What a successful answer holds; undefined for 204. */
export type ResponseBody<P extends keyof ApiPaths, M extends Method> =
  Operation<P, M> extends { responses: infer R } ? Success<R> : never;

type Parameters_<P extends keyof ApiPaths, M extends Method> =
  Operation<P, M> extends { parameters: infer A } ? A : never;

export type PathParams<P extends keyof ApiPaths, M extends Method> =
  Parameters_<P, M> extends { path: infer A } ? A : never;

export type QueryParams<P extends keyof ApiPaths, M extends Method> =
  Parameters_<P, M> extends { query?: infer A } ? NonNullable<A> : never;
