declare namespace App {
  interface Locals {
    /** What a page may read; given by `server.ts`, in development by `middleware.ts`. */
    shop: import('./client/shop-locals.ts').ShopLocals;
    /** What a personal page shows; absent on all others. */
    personalProps?: import('./features/personal-pages.ts').PersonalProps;
  }
}
