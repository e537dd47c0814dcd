// GOV.UK Frontend's own behaviour: buttons that are not sent twice, focus on the error summary, showing a password.
import { initAll } from "./vendor/govuk-frontend.min.js";

initAll();
