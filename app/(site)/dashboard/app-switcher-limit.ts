/** With more apps than this, the switcher and the list of apps have a search field. */
export const SEARCHED_FROM = 8;
