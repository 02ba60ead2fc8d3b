/** A result of the search, and a group of results. */

export interface Hit {
  label: string;
  /** A second, quieter text. */
  detail?: string;
  href: string;
}

export interface HitGroup {
  title: string;
  hits: Hit[];
}
