/** What a renewal adds. */
export const renewMonths = 12;
/** Reviews left when the offer to renew is made. */
export const renewWhenLeft = 3;
/** Reviews left when the day's round renews by itself, so that no rhythm ends because nobody looked. */
export const renewsItselfWhenLeft = 1;
