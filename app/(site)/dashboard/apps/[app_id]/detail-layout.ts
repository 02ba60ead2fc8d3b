/** Layout of a detail page: forms, facts beside them over two rows, the danger zone below; on narrow screens in this order. */
export const DETAIL_LAYOUT = "grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr]";
