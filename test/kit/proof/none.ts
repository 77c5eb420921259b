/** An id of nothing. */
export const none = '0190b0b0-0000-7000-8000-00000000000f'
