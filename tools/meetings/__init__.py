"""What happens where objects of two Keras libraries meet, found out by running it.

`places` holds one small program for every place where one library takes an object of another,
`child` runs them in an interpreter that has the libraries, `__main__` asks several interpreters and
writes the record that KER101 judges by.
"""
