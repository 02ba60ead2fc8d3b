"use client";

// Error page (React error boundary of every page).
import { ErrorPage, type ErrorPageProps } from "./_ui/error-page";

export default function PageError(props: ErrorPageProps) {
  return <ErrorPage {...props} />;
}
