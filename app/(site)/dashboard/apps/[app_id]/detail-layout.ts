/** Layout of a detail page: forms with facts beside them, and the danger zone below the forms. */
export const DETAIL_LAYOUT = "grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr]";
