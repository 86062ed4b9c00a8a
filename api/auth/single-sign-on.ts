/** Single sign-on of a province by OpenID Connect. */
export interface SignOn {
  /** Words of the button. */
  title: string;
}
