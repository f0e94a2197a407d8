# Words for staff.
sign-in = -
