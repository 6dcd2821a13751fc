"""All I/O the product can do, a file for each area. Each port has one adapter, one fake, and one suite for both.

A Protocol is never needed at run time: whoever names one imports it under TYPE_CHECKING, and no function pays for it.
"""
