"""Links to other datasets as data: SSSOM tables of what was accepted, rejected and not found."""
