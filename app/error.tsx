"use client";

// A page threw.
import { ErrorPage, type ErrorPageProps } from "./_ui/error-page";

export default function PageError(props: ErrorPageProps) {
  return <ErrorPage {...props} />;
}
