"""Starts one framework, step by step, in the examined interpreter.

These files are copied beside an empty working folder and run there by any Python from 3.8 on. They
use the standard library and the framework under test, nothing else, and write every step into the
result file before the next one begins: a crash then tells where it happened.
"""
