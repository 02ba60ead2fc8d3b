/** The page of one thing: what can be changed, beside it over two rows what is known, below it what cannot be undone; on a phone in this order. */
export const DETAIL_LAYOUT = "grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr]";
